/**
 * Frames as OHIF can show them, and in as few bytes as the link asks for.
 *
 * OHIF reads a frame in pieces as they come and tries to show each. Of a frame in one part it takes any piece for an image;
 * a piece of an image that cannot be shown by pieces then breaks the viewport, and on a slow link stays black for good.
 * Only HTJ2K in the progressive order is shown by pieces (PS3.5 §A.4.12); any other frame is given when all of it is there.
 *
 * On a slow link frames are asked for with `Save-Data`: the portal then compresses them without loss. On a quick one that
 * would cost more than it saves.
 */
(() => {
  const frames = /\/frames\/[0-9]+$/;
  const progressive = /transfer-syntax="?1\.2\.840\.10008\.1\.2\.4\.20[23]\b/;
  /** Below so many bytes a second a frame is there sooner when it is compressed, decoding included. */
  const slow = 8_000_000;
  /** Smaller answers tell how long a way takes, not how wide it is (bytes). */
  const leastMeasured = 64 << 10;
  /** So many of the last frames tell how quick the link is. */
  const lastCount = 8;
  /** @type {PerformanceResourceTiming[]} */
  let last = [];
  let savesData = recall() ?? Boolean(navigator.connection?.saveData);

  new PerformanceObserver(list => {
    const measured = list.getEntries().filter(one => frames.test(new URL(one.name).pathname) && one.transferSize >= leastMeasured);
    if (measured.length === 0) return;
    last = [...last, ...measured].slice(-lastCount);
    const speed = last.reduce((sum, one) => sum + one.transferSize, 0) / secondsOnTheWay(last);
    savesData = speed < (savesData ? 2 * slow : slow);
    remember(savesData);
  }).observe({ type: 'resource' });

  const ask = window.fetch.bind(window);
  window.fetch = async (input, init = {}) => {
    const isFrame = typeof input === 'string' && frames.test(new URL(input, location.origin).pathname);
    if (!isFrame) return ask(input, init);
    const headers = new Headers(init.headers);
    if (savesData) headers.set('Save-Data', 'on');
    const answer = await ask(input, { ...init, headers });
    if (answer.status !== 200 || progressive.test(answer.headers.get('Content-Type') ?? '')) return answer;
    return new Response(await answer.arrayBuffer(), answer);
  };

  /** Requests of frames by XMLHttpRequest, as OHIF makes them for what it reads ahead. */
  const ofFrames = new WeakSet();
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    ofFrames[frames.test(new URL(address, location.origin).pathname) ? 'add' : 'delete'](this);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...given) {
    if (savesData && ofFrames.has(this)) this.setRequestHeader('Save-Data', 'on');
    return send.apply(this, given);
  };

  /** How long at least one of them was on its way. @param {PerformanceResourceTiming[]} entries */
  function secondsOnTheWay(entries) {
    let [milliseconds, end] = [0, 0];
    for (const one of [...entries].sort((a, b) => a.responseStart - b.responseStart)) {
      milliseconds += Math.max(0, one.responseEnd - Math.max(end, one.responseStart));
      end = Math.max(end, one.responseEnd);
    }
    return milliseconds / 1000;
  }

  /** What the last study of this tab told of the link; `null` for the first. */
  function recall() {
    try {
      const noted = sessionStorage.getItem('saves-data');
      return noted && noted === 'yes';
    } catch {
      return null;
    }
  }

  /** @param {boolean} saves */
  function remember(saves) {
    try {
      sessionStorage.setItem('saves-data', saves ? 'yes' : 'no');
    } catch {
      // Then each page learns it anew.
    }
  }
})();
