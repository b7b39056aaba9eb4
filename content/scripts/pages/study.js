import '../elements/app-frame.js';
import '../elements/study-page.js';
