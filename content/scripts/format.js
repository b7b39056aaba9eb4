import { digits, language, plural, word } from './words.js';

const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
// The first formatter of a page takes a slow processor 80 ms, so each is made when it is needed.
/** @type {Intl.DateTimeFormat|undefined} */
let instants;
/** @type {Intl.DateTimeFormat|undefined} */
let moments;
/** @type {Intl.NumberFormat|undefined} */
let decimals;

/** `YYYY-MM-DD` or DICOM's `YYYYMMDD` (with or without a time) as a UTC date. @param {string|null|undefined} text */
export function parseDate(text) {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '');
  if (!parts) return null;
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return date.getUTCMonth() === Number(parts[2]) - 1 ? date : null;
}

/** Clinicians read dd/mm/yyyy in French; in English a month in letters cannot be mistaken. @param {string|null|undefined} text */
export function date(text) {
  const parsed = parseDate(text);
  if (!parsed) return text ?? '';
  const [day, month, year] = [parsed.getUTCDate(), parsed.getUTCMonth() + 1, parsed.getUTCFullYear()];
  return language === 'fr' ? `${twoDigits(day)}/${twoDigits(month)}/${year}` : `${day} ${word(`month.${month}`)} ${year}`;
}

/** @param {number} value */
function twoDigits(value) {
  return String(value).padStart(2, '0');
}

/** @param {string|null|undefined} text RFC 3339 */
export function instant(text) {
  const parsed = new Date(text ?? '');
  if (Number.isNaN(parsed.getTime())) return '';
  instants ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return instants.format(parsed);
}

/** An instant to the second. @param {string|null|undefined} text RFC 3339 */
export function moment(text) {
  const parsed = new Date(text ?? '');
  if (Number.isNaN(parsed.getTime())) return '';
  moments ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return moments.format(parsed);
}

/** @param {number} value */
export function number(value) {
  return digits(value);
}

/** @param {number} count bytes */
export function size(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  decimals ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return `${decimals.format(value)} ${language === 'fr' ? units[unit].replace('B', 'o') : units[unit]}`;
}

/**
 * An age with the unit one would say: days, then months under two years, then years.
 * @param {string|null|undefined} birth
 * @param {Date} [today]
 */
export function age(birth, today = new Date()) {
  const born = parseDate(birth);
  if (!born || born > today) return '';
  const days = Math.floor((today.getTime() - born.getTime()) / 86_400_000);
  if (days < 31) return plural('age.days', days);
  let months = (today.getFullYear() - born.getUTCFullYear()) * 12 + today.getMonth() - born.getUTCMonth();
  if (today.getDate() < born.getUTCDate()) months -= 1;
  return months < 24 ? plural('age.months', Math.max(1, months)) : plural('age.years', Math.floor(months / 12));
}

/** NOM Prénom. @param {{lastName?: string, firstName?: string, patientId?: string}} patient */
export function patientName(patient) {
  const name = [patient.lastName?.toLocaleUpperCase(locale), patient.firstName].filter(Boolean).join(' ');
  return name || patient.patientId || word('patient.nameless');
}

/** A DICOM name (groups by `=`, components by `^`) as NOM Prénom. @param {string|null|undefined} text */
export function dicomName(text) {
  const groups = (text ?? '').split('=').map(group => {
    const [family = '', given = '', middle = ''] = group.split('^').map(part => part.trim());
    return [family.toLocaleUpperCase(locale), given, middle].filter(Boolean).join(' ');
  }).filter(Boolean);
  return groups.slice(0, 2).join(' · ') || word('patient.nameless');
}

/** @param {string|null|undefined} code F, M, O or U */
export function sex(code) {
  return code === 'F' || code === 'M' || code === 'O' ? word(`sex.${code}`) : '';
}
