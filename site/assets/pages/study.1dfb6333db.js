import '../elements/app-frame.e64f054fb8.js';
import '../elements/study-page.4dbfdb31c2.js';
