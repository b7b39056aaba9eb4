








const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];


function resolved(document, node) {
  let found = node;
  for (let steps = 0; found?.$ref && steps < 8; steps += 1) {
    const keys = String(found.$ref).replace(/^#\//, '').split('/').map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    found = keys.reduce((place, key) => place?.[key], document);
  }
  return found ?? {};
}


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


export function tags(document, all) {
  return [...new Set([...(document.tags ?? []).map((/** @type {any} */ tag) => tag.name), ...all.map(operation => operation.tag)])]
    .filter(tag => all.some(operation => operation.tag === tag));
}


export function matches({ id, method, path, summary, tag }, text) {
  const place = `${id} ${method} ${path} ${summary} ${tag}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every(word => place.includes(word));
}


export function acceptable({ answers }) {
  return [...new Set(answers.filter(({ status }) => status.startsWith('2')).flatMap(({ types }) => types))];
}


export function summary(schema) {
  const type = [schema.type ?? ''].flat().join(' | ') + (schema.format ? ` (${schema.format})` : '');
  const bounds = schema.minimum === undefined && schema.maximum === undefined ? '' : `${schema.minimum ?? ''}…${schema.maximum ?? ''}`;
  return [type, bounds].filter(Boolean).join(', ');
}


function parameter(document, node) {
  const found = resolved(document, node);
  return { ...found, schema: resolved(document, found.schema) };
}


function bodies(document, request) {
  return Object.entries(request.content ?? {}).map(([type, media]) => ({
    type, schema: resolved(document, media.schema), example: media.example ?? sample(document, media.schema),
  }));
}


function answer(status, found) {
  return { status, description: found.description ?? '', types: Object.keys(found.content ?? {}) };
}


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
