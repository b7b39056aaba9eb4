import '../elements/sign-in-form.js';
