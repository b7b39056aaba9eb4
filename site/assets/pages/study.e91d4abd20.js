import '../elements/app-frame.d8d6302ff4.js';
import '../elements/study-page.e5ba69e96e.js';
