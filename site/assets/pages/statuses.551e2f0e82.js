import '../elements/app-frame.75629a1284.js';
import '../elements/status-list.bf1664cbd0.js';
