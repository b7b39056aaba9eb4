import { shownAnswer } from './api-answer.2858515656.js';
import { address, curl, request } from './api-request.2cdee305d5.js';
import { bodyFields } from './api-body.e044cc574e.js';
import { copyButton } from './copying.5720e91940.js';
import { field, formDialog, markField, reportFields } from './dialogs.ef6d9ad20f.js';
import { fill, make, murmur, notice } from './dom.71da60e761.js';
import { acceptable, summary } from './openapi.fff84d91b1.js';
import { language, word } from './words.ef487a8397.js';




const permissions = ['view', 'editPatients', 'import', 'export', 'share', 'delete', 'manageUsers', 'administer'];


export function operationDetails(operation) {
  const { id, method, path, summary: about } = operation;
  const details = /** @type {HTMLDetailsElement} */ (make('details', { class: 'operation', id }, make('summary', {},
    make('span', { class: 'method', 'data-method': method }, method), make('code', {}, path), make('span', { class: 'muted' }, about))));
  details.addEventListener('toggle', () => {
    if (!details.open) return;
    if (details.childElementCount === 1) details.append(new OperationForm(operation).element);
    history.replaceState(null, '', `#${id}`);
  });
  return details;
}


class OperationForm {
  #operation;
  #accept;
  #body;
  #more = /** @type {HTMLInputElement} */ (make('input', { autocomplete: 'off', spellcheck: 'false' }));

  #inputs = new Map();
  #form;
  #send = /** @type {HTMLButtonElement} */ (make('button', { type: 'submit', class: 'primary' }, word('apiPage.send')));
  #cancel = /** @type {HTMLButtonElement} */ (make('button', { type: 'button', hidden: true }, word('apiPage.cancel')));
  #command = make('div', { class: 'curl' });
  #answer = make('section', { class: 'answer' });
  #sending = new AbortController();
  #forget = () => {};


  constructor(operation) {
    this.#operation = operation;
    for (const parameter of operation.parameters) this.#inputs.set(parameter, input(parameter, `${operation.id}-${parameter.in}-${parameter.name}`));
    this.#more.id = `${operation.id}-more`;
    const types = acceptable(operation);
    this.#accept = /** @type {HTMLSelectElement} */ (make('select', { id: `${operation.id}-accept` }, types.map(type => make('option', {}, type)),
      make('option', { value: '' }, word('apiPage.anyForm'))));
    this.#body = bodyFields(operation);
    this.#form = /** @type {HTMLFormElement} */ (make('form', { class: 'stack', novalidate: true },
      this.#fields('path', word('apiPage.path')), this.#fields('query', word('apiPage.query')), this.#fields('header', word('apiPage.header')),
      this.#body.element, types.length > 0 && field(word('apiPage.accept'), this.#accept),
      make('p', { class: 'buttons' }, this.#send, this.#cancel)));
    this.#form.addEventListener('input', () => this.#showCommand());
    this.#form.addEventListener('submit', event => this.#submit(event));
    this.#cancel.addEventListener('click', () => this.#sending.abort());
    this.#showCommand();
    this.element = make('div', { class: 'operation-body' }, operation.description && make('p', {}, operation.description), facts(operation),
      this.#form, this.#command, this.#answer);
  }


  #fields(place, title) {
    const fields = this.#operation.parameters.filter(one => one.in === place).map(parameter => field(
      parameter.name, /** @type {HTMLElement} */ (this.#inputs.get(parameter)), hint(parameter)));
    if (place === 'query' && this.#takesAttributes) fields.push(field(word('apiPage.more'), this.#more, word('apiPage.moreHint')));
    return fields.length > 0 && make('fieldset', {}, make('legend', {}, title), make('div', { class: place === 'path' ? 'stack' : 'field-grid' }, fields));
  }

  get #takesAttributes() {
    return this.#operation.parameters.some(one => one.name === 'includefield');
  }

  #asked() {
    const valueOf = (/** @type {Parameter} */ parameter) => this.#inputs.get(parameter)?.value.trim() ?? '';

    const headers = this.#operation.parameters.filter(one => one.in === 'header' && valueOf(one)).map(one => [one.name, valueOf(one)]);
    if (this.#accept.value) headers.unshift(['Accept', this.#accept.value]);
    return { method: this.#operation.method, address: address(this.#operation, valueOf, this.#more.value), headers, content: this.#body.content() };
  }

  #showCommand() {
    const command = curl(this.#asked(), this.#accept.value);
    fill(this.#command, make('p', {}, word('apiPage.curl'), copyButton(command, word('apiPage.curl'))),
      make('pre', { role: 'group', tabindex: 0, 'aria-label': word('apiPage.curl') }, make('code', {}, command)), make('small', {}, word('apiPage.curlHint')));
  }


  async #submit(event) {
    event.preventDefault();
    if (this.#send.disabled || !reportFields(this.#form)) return;
    const { id, message } = this.#body.complaint();
    if (message) return void markField(this.#form, id, message);
    if (!['GET', 'HEAD'].includes(this.#operation.method) && !await confirmed(this.#asked())) return;
    this.#forget();
    this.#sending = new AbortController();
    this.#wait(true);
    try {
      await this.#ask(this.#asked());
    } catch (error) {
      const stopped = error instanceof DOMException && error.name === 'AbortError';
      if (!stopped && !(error instanceof TypeError)) throw error;
      fill(this.#answer, notice(stopped ? 'info' : 'bad', stopped ? word('apiPage.cancelled') : word('errors.network')));
    } finally {
      this.#wait(false);
    }
  }


  async #ask(asked) {
    const headers = /** @type {[string, string][]} */ ([...asked.headers, ['Accept-Language', language]]);
    const begun = performance.now();
    const response = await fetch(asked.address, { ...request({ ...asked, headers }), signal: this.#sending.signal });
    const body = await response.blob();
    const { nodes, forget } = await shownAnswer(response, body, performance.now() - begun, this.#operation.id);
    this.#forget = forget;
    fill(this.#answer, ...nodes);
    murmur(`${word('apiPage.answer')} ${response.status}`);
  }


  #wait(waiting) {
    this.#send.disabled = waiting;
    this.#send.textContent = waiting ? word('apiPage.sending') : word('apiPage.send');
    this.#cancel.hidden = !waiting;
    this.#answer.setAttribute('aria-busy', String(waiting));
  }
}


async function confirmed({ method, address: place }) {
  return await formDialog({
    title: word('apiPage.confirm'), submit: word('apiPage.send'), danger: method === 'DELETE',
    body: [make('p', {}, make('span', { class: 'method', 'data-method': method }, method), ' ', make('code', {}, place)), make('p', {}, word('apiPage.confirmText'))],
    save: async () => true,
  }) === true;
}


function input({ name, in: place, required, schema }, id) {
  const facts = { id, name, required: required ?? place === 'path' };
  const values = schema.type === 'boolean' ? ['true', 'false'] : schema.enum;
  if (!values) {
    const type = schema.type === 'integer' ? 'number' : 'text';
    return /** @type {HTMLInputElement} */ (make('input', { ...facts, type, min: schema.minimum, max: schema.maximum, autocomplete: 'off', spellcheck: 'false' }));
  }
  return /** @type {HTMLSelectElement} */ (make('select', facts, make('option', { value: '' }, word('apiPage.notSet')),
    values.map((/** @type {string} */ value) => make('option', {}, value))));
}


function hint({ description, schema }) {
  const value = schema.default === undefined ? '' : word('apiPage.byDefault', { value: String(schema.default) });
  return [description, summary(schema), value].filter(Boolean).join(' · ');
}


function facts({ permission, pool, answers }) {
  const who = permission === 'open' || permission === 'anyone' ? word('apiPage.anyone')
    : permissions.includes(permission) ? word(`permission.${permission}`) : word('apiPage.session');
  return make('div', {}, make('p', { class: 'operation-facts' }, make('span', {}, word('apiPage.needs', { who })),
    pool && make('span', {}, word('apiPage.pool', { pool }))),
  answers.length > 0 && make('details', { class: 'operation-answers' }, make('summary', {}, word('apiPage.responses')),
    make('dl', { class: 'facts' }, answers.flatMap(({ status, description, types }) => [make('dt', {}, make('code', {}, status)),
      make('dd', {}, [description, types.join(', ')].filter(Boolean).join(' · '))]))));
}
