/**
 * What keeps OHIF in our house: the reader's language, a way back to our pages, and a word when something ends.
 *
 * It tells the reader when the session has ended or the study may no longer be seen, instead of an empty viewport: it
 * watches the answers to what OHIF asks of this portal. OHIF is not changed, and not asked what to do.
 */
(() => {
  const words = window.viewerWords;
  /** What is in memory needs no answer of the portal: who goes on reading it is looked up this often (milliseconds). */
  const lookingPause = 30_000;
  const services = /^\/(?:dicomweb|api)(?:\/|$)/;
  /** The pages note the reader's language; the browser tells it otherwise. */
  const language = [readLanguage(), ...navigator.languages].map(tag => tag.slice(0, 2)).find(tag => tag in words) ?? 'fr';
  const say = words[language];
  document.documentElement.lang = language;
  follow(language);
  const ask = window.fetch.bind(window);
  /** Whether anything came before the refusal: if not, there is nothing to lose by leaving at once. */
  let served = false;
  /** Studies that are being looked for. */
  const looking = new Set();
  let looked = 0;
  let shown = null;

  window.fetch = async (...given) => {
    const answer = await ask(...given);
    noteAnswer(answer.url, answer.status);
    return answer;
  };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given) {
    this.addEventListener('loadend', () => noteAnswer(this.responseURL, this.status), { once: true });
    return send.apply(this, given);
  };
  document.addEventListener('DOMContentLoaded', lookAgain);
  for (const name of ['pointerdown', 'wheel', 'keydown']) {
    document.addEventListener(name, () => Date.now() - looked > lookingPause && lookAgain(), { capture: true, passive: true });
  }

  /** @param {string} address @param {number} status */
  function noteAnswer(address, status) {
    const url = address ? new URL(address, location.origin) : null;
    if (!url || url.origin !== location.origin || !services.test(url.pathname)) return;
    if (status === 401) return sessionEnded();
    if (status >= 200 && status < 300) served = true;
    const study = /^\/dicomweb\/studies\/([0-9.]+)/.exec(url.pathname)?.[1];
    // A part can be missing from a study that is there: the study itself decides.
    if ((status === 403 || status === 404) && study && openStudies().includes(study)) lookFor(study);
  }

  /** The studies that the address opens. */
  function openStudies() {
    const search = new URLSearchParams(location.search);
    const named = [...search.entries()].filter(([name]) => name.toLowerCase() === 'studyinstanceuids').map(([, value]) => value);
    return named.flatMap(value => value.split(',')).filter(uid => /^[0-9.]+$/.test(uid));
  }

  function lookAgain() {
    looked = Date.now();
    openStudies().forEach(lookFor);
  }

  /** Asks whether the reader can see a study. @param {string} study */
  async function lookFor(study) {
    if (looking.has(study) || shown) return;
    looking.add(study);
    try {
      const query = new URLSearchParams({ StudyInstanceUID: study, limit: '1' });
      const answer = await ask(`/dicomweb/studies?${query}`, { headers: { Accept: 'application/dicom+json' } });
      if (answer.status === 401) return sessionEnded();
      const found = answer.status === 204 ? [] : answer.ok ? await answer.json() : null;
      // OHIF may have left for its own page, which says the same in English.
      if (found?.length === 0 && (openStudies().includes(study) || location.pathname.endsWith('/notfoundstudy'))) {
        show('gone', say.gone, say.goneText, [link(`/${language}/patients/`, say.patients)]);
      }
    } catch {
      // The portal is away: nothing is known of the study.
    } finally {
      looking.delete(study);
    }
  }

  function sessionEnded() {
    const back = location.pathname + location.search;
    const signIn = `/${language}/?${new URLSearchParams({ ended: '1', next: back })}`;
    if (!served) return location.replace(signIn.replace('ended=1&', ''));
    const stay = document.createElement('button');
    stay.type = 'button';
    stay.textContent = say.stay;
    stay.addEventListener('click', () => shown?.close());
    show('ended', say.ended, say.endedText, [link(signIn, say.signIn), stay]);
  }

  /** @param {string} href @param {string} text */
  function link(href, text) {
    const anchor = document.createElement('a');
    anchor.href = href;
    anchor.textContent = text;
    return anchor;
  }

  /**
   * Lays a dialog over the viewer; one at a time.
   * @param {'ended'|'gone'} kind @param {string} title @param {string} text @param {HTMLElement[]} ways
   */
  function show(kind, title, text, ways) {
    if (shown) return;
    const dialog = document.createElement('dialog');
    dialog.className = 'access';
    dialog.dataset.kind = kind;
    dialog.lang = language;
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', 'access-title');
    dialog.setAttribute('aria-describedby', 'access-text');
    const heading = document.createElement('h1');
    heading.id = 'access-title';
    heading.textContent = title;
    const sentence = document.createElement('p');
    sentence.id = 'access-text';
    sentence.textContent = text;
    const row = document.createElement('p');
    row.className = 'access-ways';
    row.append(...ways);
    dialog.append(heading, sentence, row);
    // OHIF's keys do not reach the viewer below.
    for (const name of ['keydown', 'keyup', 'keypress']) dialog.addEventListener(name, event => event.stopPropagation());
    dialog.addEventListener('cancel', event => {
      if (kind === 'gone') event.preventDefault();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      shown = null;
    });
    document.body.append(dialog);
    shown = dialog;
    dialog.showModal();
  }

  /** Has OHIF speak the reader's language, as far as it knows it. @param {string} code */
  function follow(code) {
    const tag = code === 'fr' ? 'fr' : 'en-US';
    // What OHIF noted at an earlier visit.
    document.cookie = `i18next=${tag}; path=/; SameSite=Lax`;
    try {
      localStorage.setItem('i18nextLng', tag);
    } catch {
      // Then the browser's language decides.
    }
  }

  /** The page of ours from which the viewer was opened, or the list of patients. */
  function wayBack() {
    const list = `/${language}/patients/`;
    const from = document.referrer ? new URL(document.referrer) : null;
    const isPatient = from?.origin === location.origin && /^\/(?:fr|en)\/patient\/$/.test(from.pathname) && openStudies().length > 0;
    return isPatient ? { href: from.pathname + from.search, text: say.back } : { href: list, text: say.list };
  }
  window.portalHouse = { wayBack };

  function readLanguage() {
    try {
      return localStorage.getItem('language') ?? '';
    } catch {
      return '';
    }
  }
})();
