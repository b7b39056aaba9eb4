import '../elements/sign-in-form.1b80116d0d.js';
