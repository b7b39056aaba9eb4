import '../elements/app-frame.e89bc4a050.js';
import '../elements/sender-list.c43fc08adb.js';
