import '../elements/sign-in-form.40fa6ed419.js';
