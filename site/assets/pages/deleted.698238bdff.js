import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/deletion-list.b17542cc82.js';
