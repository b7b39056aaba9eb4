import '../elements/app-frame.d8d6302ff4.js';
import '../elements/user-list.4282bd96a7.js';
