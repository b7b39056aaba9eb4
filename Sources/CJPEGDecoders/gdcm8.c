#include <stdio.h>
#include <gdcm-3.0/gdcmjpeg/8/jinclude.h>
#include <gdcm-3.0/gdcmjpeg/8/jpeglib.h>
#include <gdcm-3.0/gdcmjpeg/8/jerror.h>
#define CJPEG_NAME cjpeg_decode_gdcm8
#include "decode.h"
