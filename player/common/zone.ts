/** A day and a time of day as a clock on the wall shows them. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Converts between instants and the wall clock of a zone. */
export class Zone {
  readonly #format: Intl.DateTimeFormat;

  /** `name` is IANA's: "Asia/Tokyo". */
  constructor(readonly name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  toLocal(instant: number): LocalTime {
    const parts = new Map(this.#format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
    };
  }

  /** The instant at which the zone's clocks show `local`. */
  toInstant(local: LocalTime): number {
    const wanted = asIfUtc(local);
    let instant = wanted;
    // The zone's offset may change between the first guess and the answer: the second step settles it.
    for (let step = 0; step < 2; step += 1) instant += wanted - asIfUtc(this.toLocal(instant));
    return instant;
  }
}

function asIfUtc(local: LocalTime): number {
  return Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
}

/** 0 is Sunday. */
export function weekdayOf(local: Pick<LocalTime, 'year' | 'month' | 'day'>): number {
  return new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay();
}
