import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/api-page.7bbd075f16.js';
