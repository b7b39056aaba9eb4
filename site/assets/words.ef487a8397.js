


const known = new Map();


export const language = document.documentElement.lang;

const forms = new Intl.PluralRules(language);
const counts = new Intl.NumberFormat(language);


export function teach(words) {
  for (const [path, text] of Object.entries(words)) known.set(path, text);
}






export function word(path, values = {}) {
  return (known.get(path) ?? '').replace(/\{([A-Za-z]+)\}/g, (_, name) => String(values[name] ?? ''));
}







export function plural(path, count, values = {}) {
  const form = forms.select(count) === 'one' ? 'one' : 'other';
  const text = known.get(`${path}.${form}`) ?? '';
  const all = { ...values, count: counts.format(count) };
  return text.replace(/\{([A-Za-z]+)\}/g, (_, name) => String(all[name] ?? ''));
}
