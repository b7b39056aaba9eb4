import '../elements/app-frame.3b58bbd22a.js';
import '../elements/deletion-list.6072e1687f.js';
