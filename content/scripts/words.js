/** The words of the page's language, taught by a module of the page and language before anything else runs. */

/** @type {Map<string, string>} */
const known = new Map();

/** The language of the page: `fr` or `en`. */
export const language = document.documentElement.lang;

const forms = new Intl.PluralRules(language);
/** Made when a number needs it: the first formatter of a page takes a slow processor 80 ms. @type {Intl.NumberFormat|undefined} */
let counts;

/** @param {Record<string, string>} words */
export function teach(words) {
  for (const [path, text] of Object.entries(words)) known.set(path, text);
}

/**
 * A word or sentence, with values in place of its braces.
 * @param {string} path
 * @param {Record<string, string|number>} [values]
 */
export function word(path, values = {}) {
  return (known.get(path) ?? '').replace(/\{([A-Za-z]+)\}/g, (_, name) => String(values[name] ?? ''));
}

/**
 * The form of a word for a number, which it holds as `{count}`.
 * @param {string} path
 * @param {number} count
 * @param {Record<string, string|number>} [values]
 */
export function plural(path, count, values = {}) {
  const form = forms.select(count) === 'one' ? 'one' : 'other';
  const text = known.get(`${path}.${form}`) ?? '';
  const all = { ...values, count: digits(count) };
  return text.replace(/\{([A-Za-z]+)\}/g, (_, name) => String(all[name] ?? ''));
}

/** A number as the language writes it; whole ones below a thousand are the same in all. @param {number} value */
export function digits(value) {
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  counts ??= new Intl.NumberFormat(language);
  return counts.format(value);
}
