import '../elements/sign-in-form.6a6f71d219.js';
