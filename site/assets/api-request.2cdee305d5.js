






export const isJSON = type => /[/+]json\b/.test(type) && !isMultipart(type);

export const isMultipart = type => type.startsWith('multipart/');






export function address({ path, parameters }, valueOf, more) {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name) => {
    const parameter = parameters.find(one => one.in === 'path' && one.name === name);

    return (parameter && encodeURIComponent(valueOf(parameter)).replaceAll('%2C', ',')) || whole;
  });
  const search = new URLSearchParams(more);
  for (const parameter of parameters) {
    if (parameter.in === 'query' && valueOf(parameter)) search.append(parameter.name, valueOf(parameter));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}


export function request({ method, headers, content }) {
  const { type, body } = content ? encoded(content) : { type: '', body: undefined };
  return { method, headers: type ? [...headers, ['Content-Type', type]] : headers, body, credentials: 'same-origin', cache: 'no-store' };
}


function encoded({ type, text, files = [] }) {
  if (text !== undefined) return { type, body: text };
  if (type.startsWith('multipart/form-data')) {
    const form = new FormData();
    for (const file of files) form.append('files', file, file.name);

    return { type: '', body: form };
  }
  if (!isMultipart(type)) return { type, body: files[0] };
  const boundary = `part-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const parts = files.flatMap(file => [`--${boundary}\r\nContent-Type: ${partType(type)}\r\n\r\n`, file, '\r\n']);
  return { type: `${type}; boundary=${boundary}`, body: new Blob([...parts, `--${boundary}--\r\n`]) };
}


function partType(type) {
  return /type="?([^";]+)/.exec(type.split(';').slice(1).join(';'))?.[1] ?? 'application/dicom';
}


export function curl({ method, address, headers, content }, answer) {
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(location.origin + address)}`, '-H "Authorization: Bearer $TOKEN"'];
  for (const [name, value] of headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (content) lines.push(...curlBody(content));
  if (answer && !/json|xml|text/.test(answer)) lines.push('--output answer');
  return lines.join(' \\\n  ');
}


function curlBody({ type, text, files = [] }) {
  const header = `-H ${quoted(`Content-Type: ${type}`)}`;
  if (text !== undefined) return [header, `--data-raw ${quoted(text)}`];
  const names = files.length > 0 ? files.map(file => file.name) : ['FILE'];
  if (!isMultipart(type)) return [header, `--data-binary ${quoted(`@${names[0]}`)}`];
  if (type.startsWith('multipart/form-data')) return names.map(name => `-F ${quoted(`files=@${name}`)}`);
  return [header, ...names.map((name, index) => `-F ${quoted(`file${index + 1}=@${name};type=${partType(type)}`)}`)];
}


function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
