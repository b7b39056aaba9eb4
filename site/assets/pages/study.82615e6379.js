import '../elements/app-frame.6d1f977e50.js';
import '../elements/study-page.b38417192d.js';
