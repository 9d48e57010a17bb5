# Draws docs/figures/wall_study.svg from wall_study.csv. Run in docs/figures: gnuplot wall_study.gp
# (The csv: PLUMB_FIGURES=docs/figures build/dev/plumb_tests "Wall study*")
set terminal svg size 860,420 font "Helvetica,14" background rgb "white"
set output "wall_study.svg"
set datafile separator ","
set style data histograms
set style histogram rowstacked
set boxwidth 0.8
set style fill pattern border rgb "black"
set yrange [0:1]
set format y "%.0f %%"
set yrange [0:100]
set ytics 20
set xlabel "wall behind the heels [m]"
set ylabel "share of 30 people"
set key outside right top invert samplen 2 spacing 1.4
set title "Stiff people (12 to 30 deg of dorsiflexion) going for a full squat"
plot "wall_study.csv" every ::1 using (100*$4):xtic(int($0)%2 ? stringcolumn(1) : "") title "blocked" fs solid 0.25 lc rgb "#1b4f72", \
     "" every ::1 using (100*$3) title "leaning" fs solid 0.6 lc rgb "#2874a6", \
     "" every ::1 using (100*$2) title "caught" fs solid 1.0 lc rgb "#1e8449", \
     "" every ::1 using (100*$5) title "fallen" fs pattern 2 lc rgb "#b03a2e", \
     "" every ::1 using (100*$6) title "completed, stopped short" fs solid 0.12 lc rgb "#000000"
