import '../elements/sign-in-form.14d9b4e2d5.js';
