import '../elements/app-frame.3b58bbd22a.js';
import '../elements/conflict-list.632bc894da.js';
