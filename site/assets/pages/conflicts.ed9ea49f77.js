import '../elements/app-frame.d8d6302ff4.js';
import '../elements/conflict-list.59b65a119c.js';
