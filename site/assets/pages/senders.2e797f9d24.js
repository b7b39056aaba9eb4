import '../elements/app-frame.d8d6302ff4.js';
import '../elements/sender-list.bbc7b6911b.js';
