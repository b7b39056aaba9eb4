import '../elements/app-frame.e89bc4a050.js';
import '../elements/api-page.839e608ff1.js';
