import '../elements/sign-in-form.7e72b0b504.js';
