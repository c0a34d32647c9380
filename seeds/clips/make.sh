#!/usr/bin/env bash
# Draws the six clips beside this file. Needs ffmpeg with libx264 and the DejaVu fonts; run by hand, never by a build.
set -euo pipefail
cd "$(dirname "$0")"

# name | seconds | first colour | second colour | tone in Hz | first line | second line
while IFS='|' read -r name seconds from to tone first second; do
  ffmpeg -nostdin -loglevel error -y \
    -f lavfi -i "gradients=size=720x1280:rate=24:duration=$seconds:c0=$from:c1=$to:speed=0.008:x0=0:y0=0:x1=720:y1=1280" \
    -f lavfi -i "sine=frequency=$tone:sample_rate=48000:duration=$seconds" \
    -vf "drawtext=font='DejaVu Sans':text='$first':fontsize=62:fontcolor=white:x=(w-text_w)/2:y=h*0.42,drawtext=font='DejaVu Sans':text='$second':fontsize=44:fontcolor=white@0.85:x=(w-text_w)/2:y=h*0.5+12*sin(2*t),format=yuv420p" \
    -af "volume=-26dB,afade=t=in:d=0.3,afade=t=out:st=$((seconds - 1)):d=1" \
    -c:v libx264 -profile:v main -preset veryslow -crf 31 -bf 0 -g 48 \
    -c:a aac -b:a 32k -ac 1 \
    -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact \
    -use_editlist 0 -movflags +faststart "$name.mp4"
done <<'CLIPS'
tea-in-a-minute|6|0x0b3d2e|0x4fb286|220|Tea in a minute|three leaves, one cup
street-at-dawn|7|0x1b1464|0xf7b267|262|The street at dawn|nobody up but the baker
knot-of-the-day|5|0x5f0f40|0xfb8b24|294|Knot of the day|the bowline
desk-before-after|6|0x14213d|0x8ecae6|330|One desk, two hours|before and after
bread-timer|8|0x3c1518|0xd58936|349|Bread, no kneading|eighteen hours, one loaf
window-garden|5|0x003049|0x80b918|392|The window garden|week six
CLIPS
