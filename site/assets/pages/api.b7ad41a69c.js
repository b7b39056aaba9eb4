import '../elements/app-frame.75629a1284.js';
import '../elements/api-page.ad9e1fb1a9.js';
