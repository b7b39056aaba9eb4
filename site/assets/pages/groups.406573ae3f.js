import '../elements/app-frame.d8d6302ff4.js';
import '../elements/group-list.2a002b69f5.js';
