"""Topics 议题: raising what residents said to something people decide, and the decisions one person takes."""
