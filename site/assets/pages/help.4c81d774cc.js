import '../elements/app-frame.d290fc2c45.js';
