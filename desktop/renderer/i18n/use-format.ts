import { useTranslation } from 'react-i18next';

const dayMs = 86_400_000;

/** The person's own regional form of the language that is shown: "en-GB" writes 18:22 where "en-US" writes 6:22 PM. */
export function regionalTag(language: string, wanted: readonly string[]): string {
  return wanted.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole days, by the calendar, from `at` to `now`. */
export function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
}

export interface Format {
  /** 18:22, or 6:22 PM */
  time: (at: number) => string;
  /** 18:22:05, or 6:22:05 PM */
  timeWithSeconds: (at: number) => string;
  /** Friday 20 November; the year is added where it is another one. */
  day: (at: number, now: number) => string;
  /** As short as a list row allows: time today, weekday within six days, then date. */
  listTime: (at: number, now: number) => string;
  number: (value: number) => string;
  /** "Ines and Tobias" */
  list: (names: readonly string[]) => string;
}

/** 08:31 on a clock of 24 hours, 8:31 on one of 12. */
function hourWidth(tag: string): 'numeric' | '2-digit' {
  const { hour12 } = new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions();
  return hour12 === true ? 'numeric' : '2-digit';
}

export function createFormat(tag: string): Format {
  const hour = hourWidth(tag);
  const time = new Intl.DateTimeFormat(tag, { hour, minute: '2-digit' });
  const seconds = new Intl.DateTimeFormat(tag, { hour, minute: '2-digit', second: '2-digit' });
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'short' });
  const day = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' });
  const dayOfYear = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const shortDay = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' });
  const shortDate = new Intl.DateTimeFormat(tag, { day: '2-digit', month: '2-digit', year: '2-digit' });
  const number = new Intl.NumberFormat(tag);
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const isThisYear = (at: number, now: number) => new Date(at).getFullYear() === new Date(now).getFullYear();
  return {
    time: (at) => time.format(at),
    timeWithSeconds: (at) => seconds.format(at),
    day: (at, now) => (isThisYear(at, now) ? day : dayOfYear).format(at),
    listTime: (at, now) => {
      const days = daysBetween(at, now);
      if (days <= 0) return time.format(at);
      if (days < 7) return weekday.format(at);
      return (isThisYear(at, now) ? shortDay : shortDate).format(at);
    },
    number: (value) => number.format(value),
    list: (names) => list.format(names),
  };
}

/** A set of formatters takes milliseconds to make, and every row of a list asks for one. */
const made = new Map<string, Format>();

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const tag = regionalTag(i18n.language, navigator.languages);
  let format = made.get(tag);
  if (!format) {
    format = createFormat(tag);
    made.set(tag, format);
  }
  return format;
}
