import '../elements/app-frame.87e0f528fd.js';
import '../elements/api-page.ad9e1fb1a9.js';
