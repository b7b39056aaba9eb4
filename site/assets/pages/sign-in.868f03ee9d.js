import '../elements/sign-in-form.262d1af1d8.js';
