import '../elements/app-frame.6d1f977e50.js';
