import '../elements/sign-in-form.8bb0cac92e.js';
