import '../elements/sign-in-form.e0c8ea2623.js';
