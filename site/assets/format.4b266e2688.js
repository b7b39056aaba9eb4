import { language, plural, word } from './words.ef487a8397.js';

const locale = language === 'fr' ? 'fr-FR' : 'en-GB';

const dates = new Intl.DateTimeFormat(locale, language === 'fr'
  ? { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }
  : { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const counts = new Intl.NumberFormat(locale);
const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });


export function parseDate(text) {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '');
  if (!parts) return null;
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return date.getUTCMonth() === Number(parts[2]) - 1 ? date : null;
}


export function date(text) {
  const parsed = parseDate(text);
  return parsed ? dates.format(parsed) : text ?? '';
}


export function instant(text) {
  const parsed = new Date(text ?? '');
  return Number.isNaN(parsed.getTime()) ? '' : instants.format(parsed);
}


export function moment(text) {
  const parsed = new Date(text ?? '');
  return Number.isNaN(parsed.getTime()) ? '' : moments.format(parsed);
}


export function number(value) {
  return counts.format(value);
}


export function size(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${decimals.format(value)} ${language === 'fr' ? units[unit].replace('B', 'o') : units[unit]}`;
}






export function age(birth, today = new Date()) {
  const born = parseDate(birth);
  if (!born || born > today) return '';
  const days = Math.floor((today.getTime() - born.getTime()) / 86_400_000);
  if (days < 31) return plural('age.days', days);
  let months = (today.getFullYear() - born.getUTCFullYear()) * 12 + today.getMonth() - born.getUTCMonth();
  if (today.getDate() < born.getUTCDate()) months -= 1;
  return months < 24 ? plural('age.months', Math.max(1, months)) : plural('age.years', Math.floor(months / 12));
}


export function patientName(patient) {
  const name = [patient.lastName?.toLocaleUpperCase(locale), patient.firstName].filter(Boolean).join(' ');
  return name || patient.patientId || word('patient.nameless');
}


export function dicomName(text) {
  const groups = (text ?? '').split('=').map(group => {
    const [family = '', given = '', middle = ''] = group.split('^').map(part => part.trim());
    return [family.toLocaleUpperCase(locale), given, middle].filter(Boolean).join(' ');
  }).filter(Boolean);
  return groups.slice(0, 2).join(' · ') || word('patient.nameless');
}


export function sex(code) {
  return code === 'F' || code === 'M' || code === 'O' ? word(`sex.${code}`) : '';
}
