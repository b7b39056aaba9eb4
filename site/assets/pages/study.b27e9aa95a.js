import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/study-page.00c79caa37.js';
