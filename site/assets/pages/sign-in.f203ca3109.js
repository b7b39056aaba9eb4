import '../elements/sign-in-form.c6ed568315.js';
