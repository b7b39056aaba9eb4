#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>
#define CJPEG_NAME cjpeg_decode_turbo8
#include "decode.h"
