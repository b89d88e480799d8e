// What is known to be wrong still: the odd file, and what goes wrong. Whoever mends one takes it off here; `run.mjs` tells
// when one of them is as it should be.
export const openFindings = {
    'rates/many-slices': 'its sound comes out silent, and nobody is told',
    'pictures/mirrored': 'the mirror of a display matrix is taken for a half turn',
    'pictures/mirrored-and-turned': 'the mirror of a display matrix is not looked at',
    'pictures/pixels-1-by-200': 'the plan takes so odd a shape of pixels for square, the conformer squeezes the picture',
    'pictures/size-15-by-7': 'a loud click at the beginning of the sound',
    'pictures/size-3-by-200': 'three columns of pixels become black',
    'timing/jumps-back-2-s': 'what lies behind a step back of less than five seconds is dropped',
    'timing/joined-with-longer-sounds': 'picture and sound are straightened each by itself, so that joins drive them apart',
    'sounds/far-too-loud': 'sound beyond full scale ends the job as internal',
    'sounds/not-a-number': 'samples that are no numbers end the job as internal',
    'sounds/aac-latm': 'sound in LATM is lost without a word',
    'sounds/sample-rate-changes': 'sound is up to 96 ms early after the sample rate changed',
    'sounds/channels-grow': 'beeps are lost or late by 71 ms where mono becomes 5.1',
    'containers/avi-packed-b-frames': 'the picture is 114 ms late',
    'containers/two-sounds': 'the busier of two sounds is taken, not the first or the Japanese',
    'containers/forty-sounds': 'the busiest sound is taken, not the first',
    'damage/start-lost-mp3': 'an MP3 whose first bytes are lost is called no recording',
    'damage/rot-ogg-badly': 'ends as internal',
};
