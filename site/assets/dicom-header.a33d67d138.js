





















const wanted = /** @type {Map<number, keyof Header|'charset'>} */ (new Map(/** @type {[number, any][]} */ ([
  [0x00080005, 'charset'], [0x00080018, 'sopInstanceUID'], [0x00080020, 'studyDate'], [0x00080060, 'modality'],
  [0x00081030, 'studyDescription'], [0x00100010, 'patientName'], [0x00100020, 'patientId'], [0x00100021, 'issuer'],
  [0x00100030, 'birthDate'], [0x0020000d, 'studyInstanceUID'], [0x0020000e, 'seriesInstanceUID'],
])));
const texts = new Set(['patientName', 'patientId', 'issuer', 'studyDescription']);
const last = 0x0020000e;
const transferSyntax = 0x00020010;
const mediaClass = 0x00020002;
const directoryClass = '1.2.840.10008.1.3.10';
const syntaxes = { implicit: '1.2.840.10008.1.2', bigEndian: '1.2.840.10008.1.2.2', deflated: '1.2.840.10008.1.2.1.99' };

const item = 0xfffee000;
const itemEnd = 0xfffee00d;
const sequenceEnd = 0xfffee0dd;
const undefinedLength = 0xffffffff;

const longLengths = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const preamble = 128;
const deepest = 32;


class Beyond {

  constructor(end) { this.end = end; }
}


class Malformed {}






export function readHeader(bytes, isWhole) {
  if (bytes.length < preamble + 4 && !isWhole) return { more: preamble + 4 };
  const isMarked = String.fromCharCode(...bytes.subarray(preamble, preamble + 4)) === 'DICM';
  const start = isMarked ? preamble + 4 : 0;
  if (!isMarked && !looksBare(bytes)) return { problem: 'other' };
  try {
    return read(bytes, start);
  } catch (error) {
    if (error instanceof Beyond && !isWhole) return { more: error.end };
    if (error instanceof Beyond || error instanceof Malformed) return { problem: isMarked ? 'damaged' : 'other' };
    throw error;
  }
}


export function readInflated(bytes, isWhole) {
  try {
    return { header: dataSet(new Elements(bytes, 0, { isExplicit: true, isLittle: true })) };
  } catch (error) {
    if (error instanceof Beyond && !isWhole) return { more: error.end };
    if (error instanceof Beyond || error instanceof Malformed) return { problem: 'damaged' };
    throw error;
  }
}


function looksBare(bytes) {
  return bytes.length >= 8 && (bytes[0] === 2 || bytes[0] === 8) && bytes[1] === 0 && bytes[3] === 0;
}


function read(bytes, start) {
  const meta = new Elements(bytes, start, { isExplicit: true, isLittle: true });
  let syntax = '';
  while (meta.group() === 2) {
    const element = meta.next();
    if (element.tag === transferSyntax) syntax = ascii(meta.value(element));
    if (element.tag === mediaClass && ascii(meta.value(element)) === directoryClass) return { isDirectory: true };
    meta.skip(element);
  }
  if (syntax === syntaxes.deflated) return { deflatedAt: meta.position };
  const isExplicit = syntax ? syntax !== syntaxes.implicit : meta.showsRepresentation();
  return { header: dataSet(new Elements(bytes, meta.position, { isExplicit, isLittle: syntax !== syntaxes.bigEndian })) };
}


function dataSet(elements) {

  const found = {};
  for (;;) {
    const element = elements.next();
    if (element.tag > last) break;
    const name = wanted.get(element.tag);
    if (name && element.length !== undefinedLength) found[name] = elements.value(element);
    if (element.tag === last) break;
    elements.skip(element);
  }
  if (!found.sopInstanceUID || !found.studyInstanceUID || !found.seriesInstanceUID) throw new Malformed();
  const charset = ascii(found.charset);
  return /** @type {Header} */ (Object.fromEntries([...wanted.values()].filter(name => name !== 'charset')
    .map(name => [name, texts.has(name) ? text(found[name], charset) : ascii(found[name])])));
}


class Elements {
  #bytes;
  #view;
  #isExplicit;
  #isLittle;


  constructor(bytes, position, { isExplicit, isLittle }) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
    this.#isExplicit = isExplicit;
    this.#isLittle = isLittle;
  }


  #reach(end) {
    if (end > this.#bytes.length) throw new Beyond(end);
  }


  group() {
    this.#reach(this.position + 2);
    return this.#view.getUint16(this.position, this.#isLittle);
  }


  showsRepresentation() {
    this.#reach(this.position + 6);
    return /^[A-Z]{2}$/.test(String.fromCharCode(this.#bytes[this.position + 4], this.#bytes[this.position + 5]));
  }


  next() {
    this.#reach(this.position + 8);
    const at = this.position;
    const tag = this.#view.getUint16(at, this.#isLittle) * 0x10000 + this.#view.getUint16(at + 2, this.#isLittle);
    if (!this.#isExplicit || tag >= item) {
      this.position += 8;
      return { tag, length: this.#view.getUint32(at + 4, this.#isLittle), isUnknown: false };
    }
    const representation = String.fromCharCode(this.#bytes[at + 4], this.#bytes[at + 5]);
    if (!/^[A-Z]{2}$/.test(representation)) throw new Malformed();
    if (!longLengths.has(representation)) {
      this.position += 8;
      return { tag, length: this.#view.getUint16(at + 6, this.#isLittle), isUnknown: false };
    }
    this.#reach(at + 12);
    this.position += 12;
    return { tag, length: this.#view.getUint32(at + 8, this.#isLittle), isUnknown: representation === 'UN' };
  }


  value({ length }) {
    this.#reach(this.position + length);
    return this.#bytes.subarray(this.position, this.position + length);
  }


  skip({ length, isUnknown }, depth = 0) {
    if (length !== undefinedLength) {
      this.position += length;
      return;
    }
    if (depth > deepest) throw new Malformed();

    const wasExplicit = this.#isExplicit;
    if (isUnknown) this.#isExplicit = false;
    for (;;) {
      const part = this.next();
      if (part.tag === sequenceEnd) break;
      if (part.tag !== item) throw new Malformed();
      if (part.length === undefinedLength) this.#skipItem(depth);
      else this.position += part.length;
    }
    this.#isExplicit = wasExplicit;
  }


  #skipItem(depth) {
    for (let element = this.next(); element.tag !== itemEnd; element = this.next()) this.skip(element, depth + 1);
  }
}


function ascii(bytes) {
  return String.fromCharCode(...(bytes ?? [])).replace(/[\0 ]+$/, '').trimStart();
}


const encodings = /** @type {Record<string, string>} */ ({
  13: 'shift_jis', 58: 'gbk', 87: 'iso-2022-jp', 100: 'windows-1252', 101: 'iso-8859-2', 109: 'iso-8859-3', 110: 'iso-8859-4',
  126: 'iso-8859-7', 127: 'iso-8859-6', 138: 'iso-8859-8', 144: 'iso-8859-5', 148: 'windows-1254', 149: 'euc-kr', 159: 'iso-2022-jp',
  166: 'windows-874', 192: 'utf-8', 203: 'iso-8859-15', GB18030: 'gb18030', GBK: 'gbk',
});


function text(bytes, charset) {
  if (!bytes) return '';
  const term = charset.split('\\').map(one => one.trim()).filter(Boolean).at(-1) ?? '';
  const encoding = encodings[/(\d+|GB18030|GBK)$/.exec(term)?.[1] ?? ''];
  const decoded = encoding ? new TextDecoder(encoding).decode(bytes) : undeclared(bytes);
  return decoded.replace(/\u001b[$()\-.][()A-Z]?[A-Z]?/g, '').replace(/[\0 ]+$/, '').trimStart();
}


function undeclared(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
