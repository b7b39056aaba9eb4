import '../elements/app-frame.d8d6302ff4.js';
import '../elements/api-page.ad9e1fb1a9.js';
