import '../elements/app-frame.e64f054fb8.js';
