import '../elements/app-frame.3b58bbd22a.js';
import '../elements/study-page.2b32ac2673.js';
