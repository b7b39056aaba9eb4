#include <stdio.h>
#include <gdcm-3.0/gdcmjpeg/12/jinclude.h>
#include <gdcm-3.0/gdcmjpeg/12/jpeglib.h>
#include <gdcm-3.0/gdcmjpeg/12/jerror.h>
#define CJPEG_NAME cjpeg_decode_gdcm12
#include "decode.h"
