/** What Safari calls full screen: of any element on desktops, of the video alone on telephones. */
interface SafariDocument {
  readonly webkitFullscreenEnabled?: boolean;
  readonly webkitFullscreenElement?: Element | null;
  webkitExitFullscreen?(): void;
}
interface SafariElement {
  webkitRequestFullscreen?(): void;
}
interface SafariVideo {
  webkitEnterFullscreen?(): void;
}

const safari = document as SafariDocument;

/** Full screen of the player, and its picture in a window of its own. */
export class Screens {
  constructor(
    private readonly player: HTMLElement & SafariElement,
    private readonly video: HTMLVideoElement & SafariVideo,
    changed: () => void,
    signal: AbortSignal,
  ) {
    for (const kind of ['fullscreenchange', 'webkitfullscreenchange']) document.addEventListener(kind, changed, { signal });
    for (const kind of ['enterpictureinpicture', 'leavepictureinpicture']) video.addEventListener(kind, changed, { signal });
  }

  get isFull(): boolean {
    return (document.fullscreenElement ?? safari.webkitFullscreenElement) === this.player;
  }

  get canBeFull(): boolean {
    return document.fullscreenEnabled || safari.webkitFullscreenEnabled === true || this.video.webkitEnterFullscreen !== undefined;
  }

  get isInset(): boolean {
    return document.pictureInPictureElement === this.video;
  }

  get canBeInset(): boolean {
    return document.pictureInPictureEnabled === true && !this.video.disablePictureInPicture;
  }

  toggleFull(): void {
    const { player, video } = this;
    if (this.isFull) {
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
      else safari.webkitExitFullscreen?.();
    } else if (player.requestFullscreen) void player.requestFullscreen().catch(() => undefined);
    else if (player.webkitRequestFullscreen) player.webkitRequestFullscreen();
    else video.webkitEnterFullscreen?.();
  }

  toggleInset(): void {
    const done = this.isInset ? document.exitPictureInPicture() : this.video.requestPictureInPicture();
    done.catch(() => undefined);
  }
}
