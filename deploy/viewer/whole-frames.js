/**
 * Gives OHIF a frame when all of it is there.
 *
 * OHIF reads a frame in pieces as they come and tries to show each. Of a frame in one part it takes any piece for an image;
 * a piece of an image that cannot be shown by pieces then breaks the viewport, and on a slow link stays black for good.
 * Only HTJ2K in the progressive order is shown by pieces (PS3.5 §A.4.12).
 */
(() => {
  const frames = /\/frames\/[0-9]+$/;
  const progressive = /transfer-syntax="?1\.2\.840\.10008\.1\.2\.4\.20[23]\b/;
  const ask = window.fetch.bind(window);

  window.fetch = async (...given) => {
    const answer = await ask(...given);
    const type = answer.headers.get('Content-Type') ?? '';
    if (answer.status !== 200 || !frames.test(new URL(answer.url, location.origin).pathname) || progressive.test(type)) return answer;
    return new Response(await answer.arrayBuffer(), answer);
  };
})();
