import '../elements/app-frame.js';
import '../elements/api-page.js';
