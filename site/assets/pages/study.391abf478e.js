import '../elements/app-frame.3b58bbd22a.js';
import '../elements/study-page.0f6b0da5e9.js';
