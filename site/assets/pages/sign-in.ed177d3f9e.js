import '../elements/sign-in-form.0234259c82.js';
