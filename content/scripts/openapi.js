/**
 * Reads an OpenAPI document (3.1) into what the page shows; pure, nothing here touches the page.
 * @typedef {{name: string, in: string, required?: boolean, description?: string, schema: any}} Parameter
 * @typedef {{type: string, schema: any, example: any}} Body
 * @typedef {{status: string, description: string, types: string[]}} Answer
 * @typedef {{id: string, method: string, path: string, summary: string, description: string, tag: string, parameters: Parameter[],
 *   bodies: Body[], answers: Answer[], permission: string, pool: string}} Operation
 */

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];

/** Follows a reference inside the document. @param {any} document @param {any} node @returns {any} */
function resolved(document, node) {
  let found = node;
  for (let steps = 0; found?.$ref && steps < 8; steps += 1) {
    const keys = String(found.$ref).replace(/^#\//, '').split('/').map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    found = keys.reduce((place, key) => place?.[key], document);
  }
  return found ?? {};
}

/** All operations, in the order of the document. @param {any} document @returns {Operation[]} */
export function operations(document) {
  return Object.entries(document.paths).flatMap(([path, item]) => methods.filter(method => item[method]).map(method => {
    const operation = item[method];
    return {
      id: operation.operationId ?? `${method}${path}`, method: method.toUpperCase(), path, tag: operation.tags?.[0] ?? '',
      summary: operation.summary ?? '', description: operation.description ?? '',
      parameters: [...item.parameters ?? [], ...operation.parameters ?? []].map(one => parameter(document, one)),
      bodies: bodies(document, resolved(document, operation.requestBody)),
      answers: Object.entries(operation.responses ?? {}).map(([status, one]) => answer(status, resolved(document, one))),
      permission: operation['x-permission'] ?? '', pool: operation['x-pool'] ?? '',
    };
  }));
}

/** The tags in the order that the document gives them, then those that only operations name. @param {any} document @param {Operation[]} all */
export function tags(document, all) {
  return [...new Set([...(document.tags ?? []).map((/** @type {any} */ tag) => tag.name), ...all.map(operation => operation.tag)])]
    .filter(tag => all.some(operation => operation.tag === tag));
}

/** Whether every word of a search stands somewhere in an operation. @param {Operation} operation @param {string} text */
export function matches({ id, method, path, summary, tag }, text) {
  const place = `${id} ${method} ${path} ${summary} ${tag}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every(word => place.includes(word));
}

/** The media types of the answers that mean success, each once. @param {Operation} operation */
export function acceptable({ answers }) {
  return [...new Set(answers.filter(({ status }) => status.startsWith('2')).flatMap(({ types }) => types))];
}

/** Type, bounds and default of a schema, as one would say them. @param {any} schema */
export function summary(schema) {
  const type = [schema.type ?? ''].flat().join(' | ') + (schema.format ? ` (${schema.format})` : '');
  const bounds = schema.minimum === undefined && schema.maximum === undefined ? '' : `${schema.minimum ?? ''}…${schema.maximum ?? ''}`;
  return [type, bounds].filter(Boolean).join(', ');
}

/** @param {any} document @param {any} node @returns {Parameter} */
function parameter(document, node) {
  const found = resolved(document, node);
  return { ...found, schema: resolved(document, found.schema) };
}

/** @param {any} document @param {any} request @returns {Body[]} */
function bodies(document, request) {
  return Object.entries(request.content ?? {}).map(([type, media]) => ({
    type, schema: resolved(document, media.schema), example: media.example ?? sample(document, media.schema),
  }));
}

/** @param {string} status @param {any} found @returns {Answer} */
function answer(status, found) {
  return { status, description: found.description ?? '', types: Object.keys(found.content ?? {}) };
}

/** The least value that a schema takes: what is required, empty. @param {any} document @param {any} node @param {number} [depth] @returns {any} */
function sample(document, node, depth = 0) {
  const schema = resolved(document, node);
  const given = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined || depth > 4) return given ?? null;
  const [type] = [schema.type ?? 'object'].flat();
  if (type === 'array') return [];
  if (type !== 'object') return { string: '', integer: 0, number: 0, boolean: false }[type] ?? null;
  const names = (schema.required ?? []).filter((/** @type {string} */ name) => schema.properties?.[name]);
  return Object.fromEntries(names.map((/** @type {string} */ name) => [name, sample(document, schema.properties[name], depth + 1)]));
}
